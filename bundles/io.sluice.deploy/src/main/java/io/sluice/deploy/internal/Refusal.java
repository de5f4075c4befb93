package io.sluice.deploy.internal;

/** Why a jar or a version cannot serve, in a sentence for people. Carries no cause: an exception of a plugin's own class would keep its class loader. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean unresolved;

    Refusal(String reason) {
        this(reason, false);
    }

    /** @param unresolved a later jar may bring what is missing */
    Refusal(String reason, boolean unresolved) {
        super(reason, null, false, false);
        this.unresolved = unresolved;
    }

    boolean unresolved() {
        return unresolved;
    }
}
