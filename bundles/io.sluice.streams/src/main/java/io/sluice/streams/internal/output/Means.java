package io.sluice.streams.internal.output;

import io.sluice.api.net.Loops;
import io.sluice.api.push.PushTarget;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.event.Expander;
import io.sluice.streams.internal.event.PushEvents;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.visit.Ledger;

/** What every push needs of the house. */
public record Means(Clock clock, Loops loops, Ledger visits, PushEvents events, Expander expander, Elected<PushTarget> targets, StreamDoor door) {
}
