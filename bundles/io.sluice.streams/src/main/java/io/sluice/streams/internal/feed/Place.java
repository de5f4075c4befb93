package io.sluice.streams.internal.feed;

/** A reader's place in a stream, in whichever form it reads. On the reader's loop. */
public interface Place {
    /** Everything was handed out and no more will come. */
    boolean ended();

    /** Why, or "". */
    String endReason();

    /** Nothing more comes: what is not yet handed out is not. */
    void end(String reason);

    /** Gives it up; the second time nothing. */
    void leave();
}
