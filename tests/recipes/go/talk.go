// A written and a spoken turn with GLM-Realtime: go run talk.go QUESTION.wav ANSWER.wav
// GLM_KEY is the key (or a token of it), GLM_URL an address other than the service's.

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

const (
	service  = "wss://open.bigmodel.cn/api/paas/v4/realtime"
	rate     = 24000 // of the answer, in Hz: raw samples, 16 bit, mono
	patience = 60 * time.Second
)

type object = map[string]any

// Event is what we look at of a message from the service.
type Event struct {
	Type       string
	Delta      string
	Transcript string
	Error      struct{ Code, Message string }
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 || os.Getenv("GLM_KEY") == "" {
		log.Fatal("expected GLM_KEY, and two files: QUESTION.wav ANSWER.wav")
	}
	question, err := os.ReadFile(os.Args[1])
	check(err)
	socket := open()
	defer socket.Close()

	send(socket, "session.update", object{"session": object{
		"modalities":          []string{"text", "audio"},
		"input_audio_format":  "wav", // each append is a whole file
		"output_audio_format": "pcm",
		"turn_detection":      object{"type": "client_vad"}, // we say when we have ended
		"beta_fields":         object{"chat_mode": "audio"}, // nested, or the service hangs up
	}})
	listen(socket, "session.updated")

	text := []object{{"type": "input_text", "text": "1加1等于几？"}}
	send(socket, "conversation.item.create", object{
		"item": object{"type": "message", "role": "user", "content": text},
	})
	send(socket, "response.create", nil)
	listen(socket, "response.done")

	sound := base64.StdEncoding.EncodeToString(question)
	send(socket, "input_audio_buffer.append", object{"audio": sound})
	send(socket, "input_audio_buffer.commit", nil)
	send(socket, "response.create", nil)
	answer := listen(socket, "response.done")

	check(os.WriteFile(os.Args[2], wav(answer), 0o644))
	fmt.Println("saved:", os.Args[2])
}

func open() *websocket.Conn {
	url := os.Getenv("GLM_URL")
	if url == "" {
		url = service
	}
	head := http.Header{"Authorization": {"Bearer " + os.Getenv("GLM_KEY")}}
	socket, answer, err := websocket.DefaultDialer.Dial(url, head)
	if err != nil && answer != nil {
		log.Fatal("not let in: ", answer.Status)
	}
	check(err)
	check(socket.SetReadDeadline(time.Now().Add(patience)))
	return socket
}

func send(socket *websocket.Conn, kind string, fields object) {
	event := object{"type": kind}
	for name, value := range fields {
		event[name] = value
	}
	check(socket.WriteJSON(event))
}

// listen reads until an event of the kind and gives the sound that came.
func listen(socket *websocket.Conn, kind string) []byte {
	var sound []byte
	for {
		var event Event
		check(socket.ReadJSON(&event))
		switch event.Type {
		case kind:
			return sound
		case "error":
			log.Fatal(event.Error.Code, ": ", event.Error.Message)
		case "response.audio.delta":
			part, err := base64.StdEncoding.DecodeString(event.Delta)
			check(err)
			sound = append(sound, part...)
		case "response.audio_transcript.done":
			fmt.Println("said:", event.Transcript)
		case "conversation.item.input_audio_transcription.completed":
			fmt.Println("heard:", event.Transcript)
		}
	}
}

// wav puts a header before raw samples.
func wav(samples []byte) []byte {
	var made bytes.Buffer
	size := uint32(len(samples))
	for _, part := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16),
		uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16), // PCM, mono
		[]byte("data"), size, samples,
	} {
		check(binary.Write(&made, binary.LittleEndian, part))
	}
	return made.Bytes()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
