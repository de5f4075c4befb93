package io.sluice.push.variable.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.format.push.Phase;
import io.sluice.format.push.PushParameters;

/**
 * What a condition asks of a variable.
 *
 * @param name  of the variable
 * @param value compared with, variables not expanded; "" where nothing is compared
 */
record Comparison(String name, Operator operator, String value) {
    private static final int MAX_NAME = 64;

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Comparison of(PushCondition condition) {
        PushParameters parameters = PushParameters.of(condition, "name", "operator", "value", "is");
        String name = parameters.required("name", "the name of a variable").replaceFirst("^\\$\\{?([^}]*)}?$", "$1");
        if (!name.matches("[A-Za-z0-9_.-]{1," + MAX_NAME + "}")) {
            throw parameters.wrong("name", "the name of a variable, made of letters (a-z, A-Z), digits, underscores, dots and hyphens,");
        }
        Operator operator = operator(parameters, condition);
        if (operator.compares() && !condition.parameters().containsKey("value")) {
            throw new IllegalArgumentException("'value' is missing: " + parameters.text("operator") + " needs a value to compare with");
        }
        if (!operator.compares() && parameters.has("value")) {
            throw new IllegalArgumentException("'value' has no use: " + (parameters.has("is") ? "is" : parameters.text("operator")) + " compares with nothing");
        }
        String value = parameters.text("value", "");
        if (operator.numeric() && value.indexOf('$') < 0 && !Operator.isNumber(value)) {
            throw parameters.wrong("value", "a number");
        }
        return new Comparison(name, operator, value);
    }

    private static Operator operator(PushParameters parameters, PushCondition condition) {
        if (parameters.has("is")) {
            boolean is = parameters.flag("is");
            if (parameters.has("operator")) {
                throw new IllegalArgumentException("'operator' has no use beside 'is'");
            }
            return is ? Operator.IS_TRUE : Operator.IS_FALSE;
        }
        if (!parameters.has("operator")) {
            return condition.parameters().containsKey("value") ? Operator.EQUAL : Operator.IS_TRUE;
        }
        Operator operator = Operator.of(parameters.text("operator"));
        if (operator == null) {
            throw parameters.wrong("operator", "one of " + Operator.words() + ", a sign (==, !=, >, >=, <, <=) or MistServer's number");
        }
        return operator;
    }

    /** Whether it holds, and why. @param other the value with its variables expanded */
    Phase judge(String now, String other) {
        String is = "$" + name + " is " + (now.isBlank() ? "empty" : PushParameters.shown(now));
        if (!operator.compares()) {
            return Phase.of(operator.holds(now, ""), is + (Operator.isTrue(now) ? ", which is true" : ", which is not true"));
        }
        if (operator.numeric() && !(Operator.isNumber(now) && Operator.isNumber(other))) {
            return Phase.unknown(Operator.isNumber(now) ? "'" + PushParameters.shown(other) + "', which $" + name + " is to be compared with, is no number" : is + ", which is no number");
        }
        boolean holds = operator.holds(now, other);
        String with = other.isBlank() ? "nothing" : PushParameters.shown(other);
        return Phase.of(holds, is + (holds ? ", " : ", not ") + operator.phrase() + " " + with + (value.indexOf('$') < 0 ? "" : " (" + PushParameters.shown(value) + ")"));
    }
}
