/** For unit tests of push triggers. */
package io.sluice.testkit.push;
