"""A page that leads from each mark of a chart to its sentences."""
