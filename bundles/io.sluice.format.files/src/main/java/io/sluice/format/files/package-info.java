/** Files within configured folders, whatever "..", symbolic links and values in a path say. Plain code, any thread; blocks on the file system. */
package io.sluice.format.files;
