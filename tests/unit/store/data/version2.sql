-- SPDX-License-Identifier: GPL-3.0-or-later
-- The host's database as version 2 of its schema left it.
CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)

CREATE TABLE workspaces ( id BLOB PRIMARY KEY CHECK (length(id) = 16), root_path BLOB NOT NULL UNIQUE, name TEXT NOT NULL) WITHOUT ROWID

CREATE TABLE shares ( id BLOB PRIMARY KEY CHECK (length(id) = 16), workspace BLOB NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE, secret_hash BLOB NOT NULL, access INTEGER NOT NULL, join_policy INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, ended_at INTEGER, addresses TEXT NOT NULL, port INTEGER NOT NULL) WITHOUT ROWID

CREATE UNIQUE INDEX one_open_share ON shares (workspace) WHERE ended_at IS NULL

CREATE TABLE resume_tokens ( token_hash BLOB PRIMARY KEY, share BLOB NOT NULL REFERENCES shares (id) ON DELETE CASCADE, participant BLOB NOT NULL CHECK (length(participant) = 16), name TEXT NOT NULL, access INTEGER NOT NULL, color INTEGER NOT NULL, client INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID

CREATE INDEX tokens_of_participant ON resume_tokens (participant)

CREATE INDEX tokens_of_share ON resume_tokens (share)

CREATE TRIGGER ended_share_has_no_tokens AFTER UPDATE OF ended_at ON shares WHEN NEW.ended_at IS NOT NULL BEGIN UPDATE resume_tokens SET revoked_at = NEW.ended_at WHERE share = NEW.id AND revoked_at IS NULL; END

INSERT INTO migrations VALUES (1, 1700000000000), (2, 1700000000001)

INSERT INTO workspaces VALUES (x'00112233445566778899aabbccddeeff', CAST('/home/ada/project' AS BLOB), 'project')

INSERT INTO shares VALUES (x'0102030405060708090a0b0c0d0e0f10', x'00112233445566778899aabbccddeeff', x'aa', 2, 1, 1700000000000, NULL, NULL, '192.0.2.1', 40000)

INSERT INTO resume_tokens VALUES (CAST('token' AS BLOB), x'0102030405060708090a0b0c0d0e0f10', x'ffeeddccbbaa99887766554433221100', 'Ada', 2, 3, 4000000000, NULL)
