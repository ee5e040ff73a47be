"""What a sandbox starts with: like the platform's test environment, and nobody real in it."""
