/**
 * What is sent: a plan is a list of sources, a source opens to messages, and a message to pieces of
 * at most 64 KiB, so a message of any size takes no more memory than a small one.
 */
@NullMarked
package dev.echo.client.app.message;

import org.jspecify.annotations.NullMarked;
