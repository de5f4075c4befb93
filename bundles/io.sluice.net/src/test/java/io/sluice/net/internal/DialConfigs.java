package io.sluice.net.internal;

import io.sluice.net.internal.dial.DialerConfig;
import java.lang.annotation.Annotation;

/** A configuration as a test wants it. */
@SuppressWarnings("AnnotationAsSuperInterface")
record DialConfigs(boolean allowPrivate, String trustFile, String... allowed) implements DialerConfig {
    @Override
    public Class<? extends Annotation> annotationType() {
        return DialerConfig.class;
    }
}
