package io.gatehouse.lab.corpus;

import io.gatehouse.app.Printable;
import io.gatehouse.app.command.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse lab name-server}: for deploy/test/offline, which wants to see that nobody asks it. */
@Command(
        name = "name-server",
        description =
                "Answers DNS queries on loopback, all with 'no such name', and prints a line for each: what was asked. Ends"
                        + " with SIGTERM.",
        mixinStandardHelpOptions = true,
        hidden = true,
        footerHeading = "%nExample:%n",
        footer = "  gatehouse lab name-server --port 5353")
public final class NameServerCommand implements Callable<Integer> {
    /** RFC 1035, 4.2.1. */
    private static final int MAX_MESSAGE_BYTES = 512;

    private static final int HEADER_BYTES = 12;
    private static final int FLAGS_AT = 2;

    /** The first of the flags' bytes says that it is an answer; the last bits of the second are the error, 3 for no such name. */
    private static final int ANSWER = 0x80;

    private static final int NO_SUCH_NAME = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "53",
            description = "Where to listen, UDP. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            out.println("listening on " + socket.getLocalPort());
            out.flush();
            byte[] buffer = new byte[MAX_MESSAGE_BYTES];
            while (!Thread.currentThread().isInterrupted()) {
                DatagramPacket message = new DatagramPacket(buffer, buffer.length);
                socket.receive(message);
                if (message.getLength() > HEADER_BYTES) {
                    out.println("asked " + name(buffer, message.getLength()));
                    out.flush();
                    buffer[FLAGS_AT] |= (byte) ANSWER;
                    buffer[FLAGS_AT + 1] = NO_SUCH_NAME;
                    socket.send(message);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new CommandFailure(
                    "port " + port + " cannot be used: " + e.getMessage() + "; choose another --port.", e);
        }
    }

    /** The first question's: labels, each behind its length, up to one of length zero. */
    private static String name(byte[] message, int length) {
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        while (at < length && message[at] > 0 && at + 1 + message[at] <= length) {
            name.append(new String(message, at + 1, message[at], StandardCharsets.ISO_8859_1))
                    .append('.');
            at += 1 + message[at];
        }
        return Printable.escape(name.toString());
    }
}
