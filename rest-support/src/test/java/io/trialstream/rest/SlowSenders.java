package io.trialstream.rest;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that have begun to send a request, and send no more of it. */
public final class SlowSenders implements Closeable {
    private final List<Socket> sockets = new ArrayList<>();

    private SlowSenders() {}

    /** So many of them, each with the same begin of a request. */
    public static SlowSenders to(URI service, int count, String begin) throws IOException {
        SlowSenders senders = new SlowSenders();
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket("127.0.0.1", service.getPort());
                senders.sockets.add(socket);
                socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            senders.close();
            throw e;
        }
        return senders;
    }

    /** How many have neither an answer nor an end of their connection. */
    public int waiting() throws IOException {
        int waiting = 0;
        for (Socket socket : sockets) {
            socket.setSoTimeout(1);
            try {
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                waiting++;
            }
        }
        return waiting;
    }

    /** The first part of the first one's answer. */
    public String answer() throws IOException {
        byte[] part = new byte[1024];
        int length = sockets.get(0).getInputStream().read(part);
        return new String(part, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
