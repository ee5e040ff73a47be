"""The console's calls, `/dab`."""
