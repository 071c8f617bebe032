"""The map of the labs with the learner's progress: `progress_map` is the widget, `drawing` the SVG."""
