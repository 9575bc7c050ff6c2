/** x. */
package dev.echo;
