package io.sluice.variables.internal;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/** What holds for all variables; see {@link VariablesComponent.Config}. */
record Settings(ZoneId zone, int historyEntries, long historyMillis) {
    static Settings of(VariablesComponent.Config c) {
        return new Settings(zone(c.zone().strip()), Math.max(1, Math.min(100_000, c.historyEntries())), Math.max(1, Math.min(24L * 366, c.historyHours())) * 3_600_000L);
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            LoggerFactory.getLogger(Settings.class).error("the zone of io.sluice.variables is '{}', which is none ({}); the system's is used", name, e.getMessage());
            return ZoneId.systemDefault();
        }
    }
}
