package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.ProtocolException;
import io.sluice.format.amf.AmfReader;
import java.util.List;
import java.util.Map;

/**
 * A command message, section 7.1.1.
 *
 * @param transaction of the answer; 0 where none is wanted
 * @param object      the command object, empty where it is null
 * @param arguments   what follows it
 * @param streamId    of the message
 */
public record Command(String name, double transaction, Map<?, ?> object, List<Object> arguments, int streamId) {
    /** @param message of type 20, or of type 17, which has a 0 in front; borrowed */
    public static Command read(Message message) {
        ByteBuf in = message.payload().slice();
        if (message.type() == Message.COMMAND_AMF3 && in.isReadable() && in.getByte(0) == 0) {
            in.skipBytes(1);
        }
        List<Object> all = new AmfReader(in).readAll();
        if (all.isEmpty() || !(all.get(0) instanceof String name)) {
            throw new ProtocolException("a command should begin with its name, found " + (all.isEmpty() ? "nothing" : all.get(0)));
        }
        double transaction = all.size() > 1 && all.get(1) instanceof Double d ? d : 0;
        Map<?, ?> object = all.size() > 2 && all.get(2) instanceof Map<?, ?> map ? map : Map.of();
        return new Command(name, transaction, object, all.subList(Math.min(3, all.size()), all.size()), message.streamId());
    }

    /** An argument that should be text, or "". */
    public String text(int argument) {
        return argument < arguments.size() && arguments.get(argument) instanceof String s ? s : "";
    }

    /** An argument that should be a number, or what stands for it. */
    public double number(int argument, double missing) {
        return argument < arguments.size() && arguments.get(argument) instanceof Double d ? d : missing;
    }

    public boolean flag(int argument, boolean missing) {
        return argument < arguments.size() && arguments.get(argument) instanceof Boolean b ? b : missing;
    }
}
