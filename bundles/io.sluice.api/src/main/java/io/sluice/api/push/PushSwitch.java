package io.sluice.api.push;

import org.osgi.annotation.versioning.ProviderType;

/** What a condition turns on and off. From any thread; cheap; the same again does nothing. */
@ProviderType
public interface PushSwitch {
    /** @param why in words, with the value: "$onair is 1", "20:14 in Europe/Amsterdam is between 20:00 and 22:00" */
    void set(boolean on, String why);

    /**
     * Nobody can tell: what the condition looks at is not there. A rule is not on because of it, not even where it says "not".
     *
     * @param why in words: "no variable is named onair"
     */
    void unknown(String why);
}
