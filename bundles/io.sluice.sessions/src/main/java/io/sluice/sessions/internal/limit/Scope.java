package io.sluice.sessions.internal.limit;

/** What a limit counts together: all, what concerns one stream, what comes from one address, one session. */
public enum Scope { ALL, STREAM, ADDRESS, SESSION }
