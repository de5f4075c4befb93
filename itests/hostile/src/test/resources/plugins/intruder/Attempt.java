package intruder;

/** A try to get in. */
interface Attempt {
    /** @return what it got, or null; what it throws is how it was refused */
    Object get() throws Throwable;
}
