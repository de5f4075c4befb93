package io.sluice.deploy.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;

/** Says in words what a bundle needs that nothing here offers. */
final class Unresolved {
    private static final Pattern TERM = Pattern.compile("\\(([a-z.-]+)(>=|<=|=)([^()]*)\\)");

    private Unresolved() {
    }

    /** @param otherwise the framework's message, for what is not a plainly missing requirement (a conflict, or something missing further down) */
    static String explain(Bundle bundle, BundleContext context, String otherwise) {
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
        List<String> missing = new ArrayList<>();
        for (Requirement r : bundle.adapt(BundleRevision.class).getRequirements(null)) {
            boolean resolved = !"optional".equals(r.getDirectives().get("resolution")) && !"dynamic".equals(r.getDirectives().get("resolution"))
                && !"active".equals(r.getDirectives().get("effective"));
            if (resolved && wiring.findProviders(r).isEmpty()) {
                missing.add(words(r));
            }
        }
        return missing.isEmpty() ? "it cannot be resolved: " + otherwise : "it needs " + String.join(", and ", missing);
    }

    static String words(Requirement r) {
        String filter = r.getDirectives().getOrDefault("filter", "");
        Matcher term = TERM.matcher(filter);
        String what = "";
        StringBuilder limits = new StringBuilder();
        while (term.find()) {
            if (term.group(1).equals(r.getNamespace())) {
                what = term.group(3);
            } else {
                limits.append(limits.isEmpty() ? " " : " and ").append(limit(filter, term));
            }
        }
        return switch (r.getNamespace()) {
            case "osgi.wiring.package" -> "package " + what + limits + ", which no bundle here exports";
            case "osgi.wiring.bundle" -> "bundle " + what + limits + ", which is not installed";
            case "osgi.ee" -> what + limits + ", and this is Java " + Runtime.version().feature();
            default -> "the capability " + r.getNamespace() + " " + filter + ", which no bundle here provides";
        };
    }

    /** In an LDAP filter "below 2" is written "not at least 2". */
    private static String limit(String filter, Matcher term) {
        boolean not = filter.startsWith("(!", Math.max(0, term.start() - 2));
        String op = switch (term.group(2)) {
            case ">=" -> not ? "below" : "from";
            case "<=" -> not ? "above" : "up to";
            default -> not ? "not" : "exactly";
        };
        return term.group(1).replace("bundle-", "") + " " + op + " " + term.group(3);
    }
}
