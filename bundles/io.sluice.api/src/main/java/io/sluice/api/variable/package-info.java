/** Custom variables: names whose values come from somewhere and change, and the one expander of {@code $name}. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.variable;
