package io.sluice.net.internal;

import io.sluice.net.internal.dial.DialerConfig;
import java.lang.annotation.Annotation;

/** What holds where nothing is configured. */
@SuppressWarnings("AnnotationAsSuperInterface")
record DialerDefaults() implements DialerConfig {
    @Override
    public boolean allowPrivate() {
        return true;
    }

    @Override
    public String[] allowed() {
        return new String[0];
    }

    @Override
    public String trustFile() {
        return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return DialerConfig.class;
    }
}
