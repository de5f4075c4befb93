package io.sluice.protocol.rtmp.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations for tests: the annotation's defaults, some overridden. */
final class Configs {
    private Configs() {
    }

    static RtmpConfig standard() {
        return with(Map.of());
    }

    static RtmpConfig with(Map<String, Object> values) {
        return (RtmpConfig) Proxy.newProxyInstance(RtmpConfig.class.getClassLoader(), new Class<?>[] {RtmpConfig.class},
            (proxy, method, args) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
