package io.sluice.api.trigger;

/**
 * How calls of handlers went, since the engine's bundle started.
 *
 * @param asked         questions put
 * @param told          events told without waiting
 * @param yes           questions answered with yes, or with a text that was used
 * @param no            questions answered with no, or with a blank text
 * @param failed        no answer: an error, or no such handler
 * @param timedOut      no answer in time
 * @param refused       not put at all, because too many waited for the same target
 * @param abandoned     nobody waited for the answer any more
 * @param totalNanos    of those that were answered, from the event to the answer
 * @param longestNanos  of these, and of those that were not answered in time
 */
public record TriggerCounts(long asked, long told, long yes, long no, long failed, long timedOut, long refused, long abandoned, long totalNanos, long longestNanos) {
}
