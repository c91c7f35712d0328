"""The pages on which a proposal is written."""
