/** HTTP requests to the world outside: an address policy, one time-out over everything, caps. Built on Apache HttpClient, of which each bundle carries a private copy. */
package io.sluice.format.http;
