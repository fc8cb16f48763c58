import { Phone, type PhonePrompt } from "../../design/Phone";
import { text } from "../../text/catalogue";

export interface PracticePhoneProps {
  time: string;
  prompt: PhonePrompt | undefined;
  onApprove: (id: string, number: number) => void;
  onDeny: (id: string) => void;
}

/** The phone with its words. */
export function PracticePhone(props: PracticePhoneProps) {
  return (
    <Phone
      {...props}
      words={{
        practice: text("ui-practice"),
        name: text("ui-phone-name"),
        question: text("ui-phone-question"),
        app: text("ui-phone-app"),
        from: text("ui-phone-from"),
        enter: text("ui-phone-enter"),
        yes: text("ui-phone-yes"),
        no: text("ui-phone-no"),
        erase: text("ui-phone-erase"),
        keypad: text("ui-phone-keypad"),
        yesOff: text("ui-phone-yes-off"),
        idle: text("ui-phone-idle"),
      }}
    />
  );
}
