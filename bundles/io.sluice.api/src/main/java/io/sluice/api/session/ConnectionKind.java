package io.sluice.api.session;

/** What a connection is to a stream. VIEWER: takes media. INPUT: gives media, a publisher or a pulled source. OUTPUT: a push or a recording. UNCLASSIFIED: neither is known. */
public enum ConnectionKind { VIEWER, INPUT, OUTPUT, UNCLASSIFIED }
