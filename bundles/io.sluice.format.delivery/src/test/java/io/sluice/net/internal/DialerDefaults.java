package io.sluice.net.internal;

import io.sluice.net.internal.dial.DialerConfig;
import java.lang.annotation.Annotation;

/** What holds where nothing is configured, but for whom to trust. */
@SuppressWarnings("AnnotationAsSuperInterface")
record DialerDefaults(String trustFile) implements DialerConfig {
    @Override
    public boolean allowPrivate() {
        return true;
    }

    @Override
    public String[] allowed() {
        return new String[0];
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return DialerConfig.class;
    }
}
