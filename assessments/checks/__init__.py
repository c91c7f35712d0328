"""The rubric's checks, one module for each guideline and challenge; each is found by being here."""
