"""Parts that widgets share; each module here has two users or more.

- `base`: a view made when first shown, and a static picture beside it.
- `job`: a long-running job with progress and Cancel; `background` runs what a click starts, `polling` what repeats.
- `calls`: AWS calls that can be shown as boto3 and as AWS CLI; `test_run`: one test invocation.
- `form_errors`: an error as a sentence in the form. `svg`: parts of pictures. `charts`: values over time.
"""
