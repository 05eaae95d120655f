"""Log-sum-exp."""
