"""``make audit``: which packages in our locks are known to be vulnerable.

pip-audit asks for the Python packages, npm for those of Node.js. pip-audit, because it takes pinned requirements as
they are and installs nothing; uv's own `audit` (0.13) wants a project with a uv.lock. It is installed for this, with
hashes, into ``.lab/audit``: it brings a pip of its own, which a learner's environment shall not get.

Locks serve every system and Python; what is asked about is everything in them, whether it is installed here or not.
"""
