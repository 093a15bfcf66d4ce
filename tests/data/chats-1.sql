BEGIN TRANSACTION;
PRAGMA application_id=1147954036;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL DEFAULT '',
    begun TEXT NOT NULL,
    used TEXT NOT NULL,
    scope TEXT NOT NULL
);
INSERT INTO "chats" VALUES(1,'The ferry','2026-11-25T15:45:47+00:00','2026-11-25T15:45:47+00:00','{"since":"2025-01-01","until":null,"as_of":"2025-03-09","sources":["The Harbour Post"],"top_k":5,"model":"tiny"}');
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    given TEXT NOT NULL,
    good INTEGER NOT NULL,
    note TEXT NOT NULL
);
INSERT INTO "feedback" VALUES(1,1,'2026-11-25T15:45:47+00:00',1,'quite right');
CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    begun TEXT NOT NULL,
    answer TEXT,                  -- NULL until there is a part of one
    made TEXT,
    undone INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "turns" VALUES(1,1,'How many were hurt?','2026-11-25T15:45:47+00:00','{"format": 1, "question": "How many were hurt?", "resolved": "How many were hurt? (Maribel)", "text": "Twelve passengers went to hospital. [1] Two people died. [1][2]", "abstained": false, "mode": "model", "model": "test-model", "as_of": "2025-03-09", "filters": {"since": null, "until": null, "sources": []}, "time": null, "parts": [], "sentences": [{"text": "Twelve passengers went to hospital.", "verdict": "supported", "reasons": [], "citations": [1]}, {"text": "Two people died.", "verdict": "partial", "reasons": ["the source says nobody, not two"], "citations": [1, 2]}], "citations": [{"number": 1, "quote": "Twelve passengers were taken to hospital, the coastguard said.", "start": 60, "end": 122, "article": {"id": "86acf1bdb46ad054", "title": "Ferry runs aground off Corran Point", "date": "2025-03-05", "source": "The Harbour Post", "url": "https://harbour.example/ferry", "version": 1, "authors": [], "path": "", "opening": ""}, "copies": []}, {"number": 2, "quote": "The ferry Maribel ran aground off Corran Point on Tuesday.", "start": 0, "end": 58, "article": {"id": "4c35dc7580a6025c", "title": "", "date": null, "source": "", "url": "", "version": 2, "authors": [], "path": "notes/ferry.txt", "opening": "What the harbour master saw"}, "copies": []}], "closest": [], "warnings": ["the model cited [9.9], which it was not shown"], "usage": {"prompt_tokens": 812, "completion_tokens": 34, "cached_tokens": 512, "calls": 1, "cost": 0.0003}, "prompt": {"name": "answer", "version": "1", "hash": "abc123"}, "timings": {"retrieve": 0.0125, "answer": 1.2}, "confidence": null}','{"hits": [{"text": "The ferry Maribel ran aground off Corran Point on Tuesday.\n\nTwelve passengers were taken to hospital, the coastguard said. Nobody died.", "start": 0, "end": 135, "score": 1.25, "parts": {"lexical": 1.0, "vector": 0.25}, "ranks": {"lexical": 1, "vector": 4}, "ordinal": 0, "article": {"id": "86acf1bdb46ad054", "title": "Ferry runs aground off Corran Point", "date": "2025-03-05", "source": "The Harbour Post", "url": "https://harbour.example/ferry", "version": 1, "authors": [], "path": "", "opening": ""}, "copies": []}], "messages": [["system", "Answer."], ["user", "How many?"]]}',0);
CREATE INDEX turns_by_chat ON turns (chat);
CREATE INDEX feedback_by_turn ON feedback (turn)
;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('chats',1);
COMMIT;
PRAGMA user_version=1;
