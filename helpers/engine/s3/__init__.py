"""Amazon S3: where objects are kept, and the events that it sends.

- `storage`: objects in the engine's own folder.
- `events`: what an event says of an object: its key, its place in the order, who and when.
- `checksums`: those that need AWS's own library.
- `deletions`: of many objects at once, each of which may be refused.
- `tags`: CreateBucket with tags.
- `newer_headers`: those that came after LocalStack 4.9.2, which are refused.
- `notification_rules`: which notification configurations S3 refuses.
"""
