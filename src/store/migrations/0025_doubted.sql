-- After a gap all posts of a week are compared with what Discord shows, a channel after the other. For the posts of each
-- all that wait were gone through, while nobody else could write: 60 ms of 13,000 posts, and more than a second where a
-- bot is in a thousand servers.
CREATE INDEX post_doubted ON post (channel, message) WHERE dirty IS NOT NULL;
