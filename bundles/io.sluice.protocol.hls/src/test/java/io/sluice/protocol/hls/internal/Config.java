package io.sluice.protocol.hls.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The configuration with its declared defaults, some of them replaced. */
final class Config {
    private Config() {
    }

    static HlsConfig of(Map<String, Object> changed) {
        return (HlsConfig) Proxy.newProxyInstance(Config.class.getClassLoader(), new Class<?>[] {HlsConfig.class},
            (proxy, method, args) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
