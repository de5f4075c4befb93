package io.sluice.push.variable.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a value is compared; by word, by sign, or by MistServer's number (3.2: 0, 1, 2, 3, 10 to 13, 20 to 23). */
enum Operator {
    IS_TRUE("is-true", "", 0, "true", null),
    IS_FALSE("is-false", "", 1, "false", null),
    EQUAL("equal", "==", 2, "equal to", null),
    NOT_EQUAL("not-equal", "!=", 3, "other than", null),
    GREATER("greater", ">", 10, "greater than", order -> order > 0),
    GREATER_OR_EQUAL("greater-or-equal", ">=", 11, "greater than or equal to", order -> order >= 0),
    LESS("less", "<", 12, "less than", order -> order < 0),
    LESS_OR_EQUAL("less-or-equal", "<=", 13, "less than or equal to", order -> order <= 0),
    AFTER("after", "", 20, "in the alphabet after", order -> order > 0),
    AFTER_OR_EQUAL("after-or-equal", "", 21, "in the alphabet after, or equal to,", order -> order >= 0),
    BEFORE("before", "", 22, "in the alphabet before", order -> order < 0),
    BEFORE_OR_EQUAL("before-or-equal", "", 23, "in the alphabet before, or equal to,", order -> order <= 0);

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");
    /** MistServer's rule for answers: what begins so, without space and in lower case, is true. */
    private static final Pattern TRUE = Pattern.compile("(1|yes|true|cont).*");
    private final String word;
    private final String sign;
    private final int number;
    private final String phrase;
    private final IntPredicate order;

    Operator(String word, String sign, int number, String phrase, IntPredicate order) {
        this.word = word;
        this.sign = sign;
        this.number = number;
        this.phrase = phrase;
        this.order = order;
    }

    /** @return null when there is none of this name */
    static Operator of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(o -> o.word.equals(lower) || o.sign.equals(lower) && !lower.isEmpty() || Integer.toString(o.number).equals(lower)).findFirst().orElse(null);
    }

    static String words() {
        return Arrays.stream(values()).map(o -> o.word).collect(Collectors.joining(", "));
    }

    /** It compares with another value. */
    boolean compares() {
        return this != IS_TRUE && this != IS_FALSE;
    }

    boolean numeric() {
        return number >= 10 && number < 20;
    }

    /** The sentence's end after "$onair is 1, ". */
    String phrase() {
        return phrase;
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }

    static boolean isTrue(String text) {
        return TRUE.matcher(text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT)).matches();
    }

    /** @param other "" where nothing is compared; both are numbers where {@link #numeric} */
    boolean holds(String value, String other) {
        return switch (this) {
            case IS_TRUE -> isTrue(value);
            case IS_FALSE -> !isTrue(value);
            case EQUAL -> value.equals(other);
            case NOT_EQUAL -> !value.equals(other);
            default -> order.test(numeric() ? new BigDecimal(value.strip()).compareTo(new BigDecimal(other.strip()))
                : Arrays.compareUnsigned(value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
        };
    }
}
