package io.sluice.triggers.internal;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/** A trigger's configuration as somebody writes it. */
final class Draft implements TriggerConfiguration.Config {
    private final String id;
    private final String type;
    private final String handler;
    private String target = "";
    private final List<String> parameters = new ArrayList<>();
    private boolean blocking = true;
    private String[] streams = {};
    private String params = "";
    private String defaultAnswer = "";
    private long timeoutMillis = 10_000;
    private String format = "plain";

    Draft(String id, String type, String handler) {
        this.id = id;
        this.type = type;
        this.handler = handler;
    }

    TriggerConfig config() {
        return TriggerConfig.of(id, this);
    }

    Draft target(String value) {
        target = value;
        return this;
    }

    Draft parameter(String line) {
        parameters.add(line);
        return this;
    }

    Draft telling() {
        blocking = false;
        return this;
    }

    Draft streams(String... names) {
        streams = names;
        return this;
    }

    Draft params(String value) {
        params = value;
        return this;
    }

    Draft defaults(String value) {
        defaultAnswer = value;
        return this;
    }

    Draft timeout(long millis) {
        timeoutMillis = millis;
        return this;
    }

    Draft format(String value) {
        format = value;
        return this;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return TriggerConfiguration.Config.class;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String handler() {
        return handler;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public String[] parameters() {
        return parameters.toArray(String[]::new);
    }

    @Override
    public String secret() {
        return "";
    }

    @Override
    public boolean blocking() {
        return blocking;
    }

    @Override
    public String[] streams() {
        return streams;
    }

    @Override
    public String params() {
        return params;
    }

    @Override
    public String defaultAnswer() {
        return defaultAnswer;
    }

    @Override
    public long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public String format() {
        return format;
    }
}
