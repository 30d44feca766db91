// Adds SAs and policies with github.com/vishvananda/netlink, as Cilium and Calico do: one handle, one
// message a call, each acknowledged. Reads a file of one JSON object a line and prints as JSON how long
// the calls took, in milliseconds; reading the file is not counted.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// What bench/kernel/peers.ts writes.
type sa struct {
	Source, Destination, Algorithm, Key string
	Spi, Reqid, ReplayWindow, IcvBits   int
}

type template struct {
	Source, Destination string
	Spi, Reqid          int
}

type policy struct {
	Direction, Source, Destination                  string
	Protocol, SourcePort, DestinationPort, Priority int
	Template                                        template
}

type line struct {
	Sa     *sa
	Policy *policy
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	adds, err := read(path)
	if err != nil {
		return err
	}
	handle, err := netlink.NewHandle(unix.NETLINK_XFRM)
	if err != nil {
		return err
	}
	defer handle.Close()
	start := time.Now()
	for index, add := range adds {
		if err := add(handle); err != nil {
			return fmt.Errorf("object %d: %w", index+1, err)
		}
	}
	took := float64(time.Since(start).Microseconds()) / 1000
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"milliseconds": took, "operations": len(adds)})
}

type addition func(*netlink.Handle) error

func read(path string) ([]addition, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var adds []addition
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var one line
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		add, err := additionOf(one)
		if err != nil {
			return nil, err
		}
		adds = append(adds, add)
	}
	return adds, lines.Err()
}

func additionOf(one line) (addition, error) {
	if one.Sa != nil {
		state, err := stateOf(*one.Sa)
		return func(handle *netlink.Handle) error { return handle.XfrmStateAdd(state) }, err
	}
	added, err := policyOf(*one.Policy)
	return func(handle *netlink.Handle) error { return handle.XfrmPolicyAdd(added) }, err
}

func stateOf(one sa) (*netlink.XfrmState, error) {
	key, err := hex.DecodeString(one.Key)
	return &netlink.XfrmState{
		Src: net.ParseIP(one.Source), Dst: net.ParseIP(one.Destination),
		Proto: netlink.XFRM_PROTO_ESP, Mode: netlink.XFRM_MODE_TUNNEL,
		Spi: one.Spi, Reqid: one.Reqid, ESN: true, ReplayWindow: one.ReplayWindow,
		Aead: &netlink.XfrmStateAlgo{Name: one.Algorithm, Key: key, ICVLen: one.IcvBits},
	}, err
}

var directions = map[string]netlink.Dir{
	"in": netlink.XFRM_DIR_IN, "out": netlink.XFRM_DIR_OUT, "fwd": netlink.XFRM_DIR_FWD,
}

func policyOf(one policy) (*netlink.XfrmPolicy, error) {
	_, source, err := net.ParseCIDR(one.Source)
	if err != nil {
		return nil, err
	}
	_, destination, err := net.ParseCIDR(one.Destination)
	return &netlink.XfrmPolicy{
		Dir: directions[one.Direction], Src: source, Dst: destination,
		Proto: netlink.Proto(one.Protocol), SrcPort: one.SourcePort, DstPort: one.DestinationPort,
		Priority: one.Priority, Action: netlink.XFRM_POLICY_ALLOW,
		Tmpls: []netlink.XfrmPolicyTmpl{{
			Src: net.ParseIP(one.Template.Source), Dst: net.ParseIP(one.Template.Destination),
			Proto: netlink.XFRM_PROTO_ESP, Mode: netlink.XFRM_MODE_TUNNEL,
			Spi: one.Template.Spi, Reqid: one.Template.Reqid,
		}},
	}, err
}
