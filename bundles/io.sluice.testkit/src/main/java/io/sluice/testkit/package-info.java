/** Runs the real distribution in a process of its own, and what every test needs around it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.testkit;
