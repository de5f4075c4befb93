package io.sluice.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the framework and Felix's own bundles are told: the launcher's defaults, over them the home's {@code conf/framework.properties}, over them system properties.
 * Values may hold {@code ${sluice.home}}, {@code ${sluice.installation}} and {@code $[env:NAME;default=VALUE]}.
 */
final class FrameworkProperties {
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\[env:([A-Za-z_][A-Za-z0-9_]*)(?:;default=([^\\]]*))?\\]");

    private FrameworkProperties() {
    }

    static Map<String, String> load(Home home) throws IOException {
        Properties raw = new Properties();
        try (InputStream in = FrameworkProperties.class.getResourceAsStream("framework.properties");
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            raw.load(reader);
        }
        Path own = home.conf().resolve("framework.properties");
        if (Files.exists(own)) {
            try (Reader reader = Files.newBufferedReader(own)) {
                raw.load(reader);
            }
        }
        Map<String, String> result = new HashMap<>();
        result.put("sluice.home", home.folder().toString());
        result.put("sluice.installation", home.installation().toString());
        result.put("sluice.version", Main.version());
        for (String key : raw.stringPropertyNames()) {
            result.put(key, System.getProperty(key, expand(raw.getProperty(key), home, System.getenv())));
        }
        return result;
    }

    static String expand(String value, Home home, Map<String, String> environment) {
        String placed = value.replace("${sluice.home}", home.folder().toString()).replace("${sluice.installation}", home.installation().toString());
        return ENVIRONMENT.matcher(placed).replaceAll(found -> Matcher.quoteReplacement(filled(environment.get(found.group(1)), found.group(2))));
    }

    /** An empty variable is one that is not set: scripts pass variables on that way. */
    private static String filled(String value, String otherwise) {
        return value != null && !value.isEmpty() ? value : otherwise == null ? "" : otherwise;
    }
}
