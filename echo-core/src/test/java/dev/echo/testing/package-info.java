/**
 * What the tests of all modules share: the verifier of decoders, the search for leaks, an allocator
 * that counts. Part of the test jar.
 */
package dev.echo.testing;
