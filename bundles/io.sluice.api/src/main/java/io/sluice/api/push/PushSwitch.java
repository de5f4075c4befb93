package io.sluice.api.push;

import org.osgi.annotation.versioning.ProviderType;

/** What a condition turns on and off. From any thread; cheap; the same again does nothing. */
@ProviderType
public interface PushSwitch {
    /** @param why in words, with the value: "$onair is 1", "20:14 in Europe/Amsterdam is between 20:00 and 22:00", "no variable is named onair" */
    void set(boolean on, String why);
}
