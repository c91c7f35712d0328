"""temporary"""


def case_title(slug):
    return slug
