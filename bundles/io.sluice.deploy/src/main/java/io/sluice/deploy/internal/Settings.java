package io.sluice.deploy.internal;

/**
 * @param pollMillis    between two looks at deploy/, where no event asks for one
 * @param prepareMillis a version has to start, and to offer what it should
 * @param drainMillis   after which a version that is still used is complained of
 * @param bootMillis    the first election waits for the framework, at most
 */
record Settings(long pollMillis, long prepareMillis, long drainMillis, long bootMillis) {
}
