/** One value out of a JSON document, found by a JSON pointer (RFC 6901). Plain code, any thread. */
package io.sluice.format.json;
