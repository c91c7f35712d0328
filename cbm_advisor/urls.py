"""Where each app's pages begin."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.urls import allauth_urlpatterns
from cases.publishing.search_engines import robots, site_map
from cbm_advisor.health import healthz
from proposals.views import home
from reports.schema_views import report_schema_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", site_map, name="site_map"),
    path("", home, name="home"),
    path("schema/cbm-report-1.json", report_schema_page, name="report_schema"),
    path("", include("accounts.urls")),
    path("account/", include(allauth_urlpatterns)),
    path("", include("assessments.urls")),
    path("guidelines/", include("guidelines.urls")),
    path("cases/", include("cases.urls")),
    path("proposals/", include("proposals.urls")),
    path("reports/", include("reports.urls")),
]
