import io.sluice.variables.internal.expand.Expander;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;

/** How long one expansion takes, by the source launcher: java -cp io.sluice.variables.jar:io.sluice.api.jar ExpanderBench.java. Prints a line of JSON, with the JDK. */
public final class ExpanderBench {
    private static final int ROUNDS = 7;
    private static final int CALLS = 400_000;
    private static long sink;

    private ExpanderBench() {
    }

    public static void main(String[] arguments) {
        Map<String, Expander.Value> values = new HashMap<>();
        values.put("studio", new Expander.Value("north", true));
        values.put("room", new Expander.Value("on ${studio}", true));
        values.put("title", new Expander.Value("The eight o'clock news", false));
        for (int i = 0; i < 10_000; i++) {
            values.put("other" + i, new Expander.Value("x", false));
        }
        Expander expander = new Expander(values::get, () -> ZonedDateTime.now(ZoneId.systemDefault()));
        System.out.println("{\"five\": " + nanos(expander, "/srv/$studio/${title}_$stream-$wildcard.${format:-ts}")
            + ", \"nested\": " + nanos(expander, "/srv/$room/${title}_$stream-$wildcard.${format:-ts}")
            + ", \"time\": " + nanos(expander, "/srv/$studio/$stream-$year$month$day.ts") + ", \"none\": " + nanos(expander, "/srv/plain.ts")
            + ", \"jdk\": \"JDK " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")\"}");
    }

    /** The median of rounds after the first two. */
    private static double nanos(Expander expander, String template) {
        Map<String, String> context = Map.of("stream", "cam+front");
        if (!expander.expand(template.replace("${format:-ts}", "ts"), context).problem().isEmpty()) {
            throw new IllegalStateException(expander.expand(template, context).problem());
        }
        double[] rounds = new double[ROUNDS - 2];
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sink += expander.expand(template, context).text().length();
            }
            if (round > 1) {
                rounds[round - 2] = (double) (System.nanoTime() - began) / CALLS;
            }
        }
        java.util.Arrays.sort(rounds);
        return Math.round(rounds[rounds.length / 2]);
    }
}
