"""The page of `--report`: one HTML file, made by Allure 3 of a run's results."""
