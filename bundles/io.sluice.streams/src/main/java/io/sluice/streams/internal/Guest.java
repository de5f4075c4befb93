package io.sluice.streams.internal;

/** Who reads a stream. A push keeps a source running as a viewer does, but is none: it is not in the number of viewers, and no limit of viewers keeps it out. */
enum Guest { VIEWER, PUSH }
