"""Pictures that help to decide: from a package and its scores to tables and lists ready to print. No request, no user."""
