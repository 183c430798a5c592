-- Back after an outage: at most a few posts of a channel one by one, the others in a digest.

ALTER TABLE entry ADD COLUMN late INTEGER NOT NULL DEFAULT 0;     -- its feed had not been read for long when it came
CREATE INDEX entry_late ON entry (attempts) WHERE late = 1 AND state = 0;

-- late: it waits until the others of its outage are known, and is not sent before. digest: the delivery whose message
-- tells of it as well; that one names itself, the others are in state 5 until it is sent.
ALTER TABLE delivery ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN digest INTEGER;
CREATE INDEX delivery_late ON delivery (channel, id) WHERE state = 0 AND late = 1;
CREATE INDEX delivery_digest ON delivery (digest) WHERE digest IS NOT NULL;
