package io.sluice.api.push;

import java.time.Instant;

/** From one moment (included) to another (excluded) a condition is on or off. @param why in words */
public record PushSpan(Instant from, Instant to, boolean on, String why) {
}
