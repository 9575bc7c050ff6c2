package dev.echo.client.app;

import dev.echo.client.app.message.Supply;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all couriers of a run share.
 *
 * @param dialer makes connections
 * @param patience how long a server may take until it is there
 * @param supply what is sent
 * @param telling where it is told what became of it
 * @param workers do the work
 * @param received counts the bytes that come back
 */
record Errand(
    Dialer dialer,
    Patience patience,
    Supply supply,
    Telling telling,
    Executor workers,
    LongAdder received) {}
